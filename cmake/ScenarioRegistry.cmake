# Keeps a list of scenarios complete: a file that nobody registered would be tested by nothing.

# headroom_require_registered(FOLDER NAME...): stops the configuration unless the names are exactly
# those of the *.scenario.yaml files below the folder, without the ending.
function(headroom_require_registered folder)
  file(GLOB_RECURSE present RELATIVE ${folder} CONFIGURE_DEPENDS ${folder}/*.scenario.yaml)
  list(TRANSFORM present REPLACE "\\.scenario\\.yaml$" "")
  set(unregistered ${present})
  list(REMOVE_ITEM unregistered ${ARGN})
  set(missing ${ARGN})
  if(present)
    list(REMOVE_ITEM missing ${present})
  endif()
  list(JOIN unregistered ", " unregistered_names)
  list(JOIN missing ", " missing_names)
  if(unregistered)
    message(
      FATAL_ERROR "In ${folder}, but not registered in tests/golden/CMakeLists.txt: "
                  "${unregistered_names}. Add it to the list there, then approve what it gives: "
                  "tests/golden/golden_test.py --update ${unregistered_names}")
  endif()
  if(missing)
    message(FATAL_ERROR "Registered in tests/golden/CMakeLists.txt, but not in ${folder}: "
                        "${missing_names}. Remove it from the list there.")
  endif()
endfunction()
