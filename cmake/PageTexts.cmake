# Puts the style sheets and scripts of the HTML pages into the program, with the hashes by which a
# page's Content-Security-Policy allows exactly them.

# headroom_base64_of_hex(HEX OUT): the bytes of hexadecimal digits in base64.
function(headroom_base64_of_hex hex out)
  set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  set(result "")
  string(LENGTH "${hex}" digits)
  set(at 0)
  while(at LESS digits)
    # Three bytes are four characters; what is missing of the last three is zero and written as =.
    string(SUBSTRING "${hex}000000" ${at} 6 chunk)
    math(EXPR value "0x${chunk}")
    math(EXPR present "(${digits} - ${at}) / 2")
    foreach(place RANGE 0 3)
      if(place GREATER present)
        string(APPEND result "=")
      else()
        math(EXPR sextet "(${value} >> (18 - 6 * ${place})) & 63")
        string(SUBSTRING "${alphabet}" ${sextet} 1 character)
        string(APPEND result "${character}")
      endif()
    endforeach()
    math(EXPR at "${at} + 6")
  endwhile()
  set(${out} "${result}" PARENT_SCOPE)
endfunction()

# headroom_page_text(NAME FILE...): sets NAME to the files' texts, one after another, and NAME_HASH
# to the source expression of the policy. An edited file configures and builds anew.
function(headroom_page_text name)
  set(text "")
  foreach(file ${ARGN})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} content)
    string(APPEND text "${content}")
  endforeach()
  if(text MATCHES "</[sS][cCtT]|<!--|\\)page\"")
    message(FATAL_ERROR "${ARGN}: \"${CMAKE_MATCH_0}\" would end the element that holds the text "
                        "in a page, or the literal in the program. Write it in two pieces.")
  endif()
  string(SHA256 hex "${text}")
  headroom_base64_of_hex("${hex}" base64)
  set(${name} "${text}" PARENT_SCOPE)
  set(${name}_HASH "'sha256-${base64}'" PARENT_SCOPE)
endfunction()
