// Checks what scenarios and tests of the control plane expect: `headroom test PATH...`.
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <optional>
#include <regex>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/report/atomic_file.hpp"
#include "sim/report/humane_text.hpp"
#include "sim/report/junit_report.hpp"
#include "sim/scenario/input_file.hpp"
#include "sim/scenario/quantity.hpp"
#include "sim/scenario/test_file.hpp"
#include "sim/study/coverage_recorder.hpp"
#include "sim/study/ordered_work.hpp"
#include "sim/study/test_run.hpp"
#include "tools/headroom/command.hpp"
#include "tools/headroom/coverage_writer.hpp"
#include "tools/headroom/page_option.hpp"
#include "tools/headroom/test_page.hpp"
#include "tools/headroom/test_paths.hpp"
#include "tools/headroom/test_result_writer.hpp"

namespace headroom {
namespace {

using Clock = std::chrono::steady_clock;

// One file, read; or what is wrong with it.
struct LoadedTests {
  sim::Diagnostics diagnostics;
  std::optional<sim::TestFile> file;
};

LoadedTests load(const std::string& path) {
  LoadedTests loaded;
  loaded.file = sim::load_test_file(path, sim::open_input_file, loaded.diagnostics);
  return loaded;
}

struct ChosenTest {
  std::string file;
  sim::TestCase test;
};

// Which tests `--run` asks for. Its matcher takes stack for every character of a name.
class NameFilter {
 public:
  // Throws std::regex_error.
  explicit NameFilter(const std::string& expression) : expression_(expression) {}

  bool takes(std::string_view name) const {
    constexpr std::size_t kLongest = 1000;
    const std::string_view begin = name.substr(0, kLongest);
    return std::regex_search(begin.begin(), begin.end(), expression_);
  }

 private:
  std::regex expression_;
};

class TestCommand : public Command {
 public:
  explicit TestCommand(CLI::App& root)
      : Command(
            root, "test", "Check what scenarios and tests expect",
            "  headroom test scaling.test.yaml         tests of policies, without any traffic\n"
            "  headroom test scenarios                 a folder: every test and scenario in it\n"
            "  headroom test . --run 'scales? out'     only tests whose names match\n"
            "  headroom test . -o json | jq .failed\n"
            "  headroom test . --coverage              what no test made the scaling do\n"
            "  headroom test scenarios --update        approve what the scenarios come to\n"
            "  headroom test . --junit out.xml --format github\n"
            "  headroom test . --html tests.html\n") {
    app()
        .add_option("PATH", paths_, "files and folders with *.test.yaml and *.scenario.yaml")
        ->required()
        ->type_name("PATH");
    app()
        .add_option("--run", name_pattern_, "only tests in whose names this is found")
        ->type_name("REGEX");
    app()
        .add_option("--threads", threads_, "how many tests at once; never changes a result")
        ->type_name("N")
        ->check(CLI::Range(1, 1024).description(""));
    app().add_option("--junit", junit_, "also write the results as JUnit XML")->type_name("FILE");
    app()
        .add_option("--markdown", markdown_,
                    "also write them as Markdown, for a job's summary; - prints it")
        ->type_name("FILE");
    set_choices(app().add_option("--format", format_,
                                 "github: an annotation of GitHub Actions for each failure"),
                {"github"});
    app().add_flag("--coverage", coverage_,
                   "tell which alarms, steps, schedules and directions no test exercised");
    app()
        .add_option("--coverage-threshold", threshold_text_,
                    "fail when less than this is exercised, such as 80%; implies --coverage")
        ->type_name("PERCENT");
    app().add_flag("--update", update_,
                   "write what each scenario comes to, NAME.golden.json, which later runs are "
                   "compared with");
    add_page_option(app(), html_);
    add_common();
  }

  ExitCode run(Console& console) override {
    std::string problem = contradiction(console);
    std::optional<NameFilter> filter;
    try {
      filter.emplace(name_pattern_);
    } catch (const std::regex_error& error) {
      problem = fmt::format("'--run' is no regular expression: {}", error.what());
    }
    if (!problem.empty()) {
      console.log().error("{}", problem);
      return ExitCode::BadInput;
    }
    const Clock::time_point begin = Clock::now();
    ExitCode code = ExitCode::Ok;
    std::vector<sim::TestedFile> unreadable;
    const std::vector<ChosenTest> tests = load_tests(console, *filter, unreadable, code);
    if (tests.empty()) {
      if (code == ExitCode::Ok) console.log().error("found nothing to test");
      if (unreadable.empty()) return ExitCode::BadInput;
      return worse(ExitCode::BadInput, write_files(console, unreadable, {}));
    }
    code = worse(code, run_tests(console, tests, unreadable));
    const std::chrono::duration<double> wall = Clock::now() - begin;
    console.log().info("{} in {:.2f} s",
                       tests.size() == 1 ? "1 test" : fmt::format("{} tests", tests.size()),
                       wall.count());
    return code;
  }

 private:
  // Why these options do not go together; empty: they do.
  std::string contradiction(const Console& console) {
    if (app().count("--coverage-threshold") > 0) {
      const auto threshold = sim::read_percent(threshold_text_);
      if (!threshold.value || *threshold.value > 1) {
        return fmt::format(
            "expected a percentage up to 100% after '--coverage-threshold', found {}",
            sim::in_quotes(threshold_text_));
      }
      threshold_ = *threshold.value;
      coverage_ = true;
    }
    if (coverage_ && console.format() == OutputFormat::Csv) {
      return "'--coverage' is no part of CSV: choose another '--output'";
    }
    const bool is_printing_markdown = markdown_ == "-";
    if (app().count("--junit") > 0 && (junit_.empty() || junit_ == "-")) {
      return "expected the name of a file after '--junit'";
    }
    if (app().count("--markdown") > 0 && markdown_.empty()) {
      return "expected the name of a file after '--markdown', or -";
    }
    if (!junit_.empty() && junit_ == markdown_) {
      return "'--junit' and '--markdown' name the same file";
    }
    if (app().count("--html") > 0 && (html_.empty() || html_ == "-")) {
      return "expected the name of a file after '--html'";
    }
    if (!html_.empty() && (html_ == junit_ || html_ == markdown_)) {
      return fmt::format("'--html' and '{}' name the same file",
                         html_ == junit_ ? "--junit" : "--markdown");
    }
    const bool is_table = console.format() == OutputFormat::Table;
    if (is_printing_markdown && !is_table && console.format() != OutputFormat::Markdown) {
      return "'--markdown -' prints Markdown: leave '--output' out, or name a file";
    }
    if (!format_.empty() && (!is_table || is_printing_markdown)) {
      return fmt::format("'--format {}' adds lines to the table: leave {} out", format_,
                         is_printing_markdown ? "'--markdown -'" : "'--output'");
    }
    return {};
  }

  // All files are read before anything runs, so that what is wrong with one is told at once.
  std::vector<ChosenTest> load_tests(Console& console, const NameFilter& filter,
                                     std::vector<sim::TestedFile>& unreadable,
                                     ExitCode& code) const {
    const TestPaths paths = find_test_files(paths_);
    for (const auto& [folder, problem] : paths.unreadable) {
      console.log().error("{}", problem);
      unreadable.push_back({folder, {}, problem});
      code = ExitCode::BadInput;
    }
    std::vector<ChosenTest> tests;
    sim::ordered_work(
        paths.files.size(), sim::thread_count(threads_),
        [&](std::size_t index) { return load(paths.files[index]); },
        [&](std::size_t index, LoadedTests loaded) {
          const std::string& file = paths.files[index];
          const std::string diagnostics = loaded.diagnostics.render_all();
          if (!diagnostics.empty()) console.say(diagnostics, loaded.diagnostics.has_errors());
          if (!loaded.file) {
            unreadable.push_back({file, {}, diagnostics});
            code = ExitCode::BadInput;
            return;
          }
          for (sim::TestCase& test : loaded.file->tests) {
            if (test.expects_nothing() && !update_) {
              console.log().debug("{}: expects nothing", file);
            } else if (filter.takes(test.name)) {
              tests.push_back({file, std::move(test)});
            }
          }
        });
    return tests;
  }

  ExitCode run_tests(Console& console, const std::vector<ChosenTest>& tests,
                     const std::vector<sim::TestedFile>& unreadable) const {
    const OutputFormat format = markdown_ == "-" ? OutputFormat::Markdown : console.format();
    TestResultWriter writer(console, format, format_ == "github", coverage_);
    const sim::TestRunOptions options{.with_coverage = coverage_, .with_golden = update_};
    sim::ordered_work(
        tests.size(), sim::thread_count(threads_),
        [&](std::size_t index) { return sim::run_test(tests[index].test, options); },
        [&](std::size_t index, const sim::TestResult& result) {
          writer.write(tests[index].file, result);
        });
    writer.finish(unreadable);
    ExitCode code = writer.failed() > 0 ? ExitCode::ExpectationFailed : ExitCode::Ok;
    code = worse(code, compare_coverage(console, writer.coverage()));
    code = worse(code, write_goldens(console, writer.files()));
    return worse(code, write_files(console, writer.files(), writer.coverage()));
  }

  ExitCode compare_coverage(Console& console,
                            const std::vector<sim::FileCoverage>& coverage) const {
    const double share = count_of(coverage).share();
    if (share >= threshold_) return ExitCode::Ok;
    console.log().error("the coverage of {} is less than {}", sim::humane_share(share, 4),
                        threshold_text_);
    return ExitCode::ExpectationFailed;
  }

  ExitCode write_goldens(Console& console, const std::vector<sim::TestedFile>& files) const {
    ExitCode code = ExitCode::Ok;
    bool found_any = false;
    for (const sim::TestedFile& file : files) {
      for (const sim::TestResult& test : file.tests) {
        if (test.golden_file.empty()) continue;
        found_any = true;
        const auto write = [&](std::ostream& out) { out << test.golden; };
        const ExitCode written = write_file(console, test.golden_file, write);
        if (written == ExitCode::Ok) console.log().info("approved in {}", test.golden_file);
        code = worse(code, written);
      }
    }
    if (update_ && !found_any) {
      console.log().warn("'--update' approves what scenarios come to, and none is among the files");
    }
    return code;
  }

  ExitCode write_files(Console& console, const std::vector<sim::TestedFile>& files,
                       const std::vector<sim::FileCoverage>& coverage) const {
    const ExitCode code =
        write_file(console, junit_, [&](std::ostream& out) { sim::write_junit(out, files); });
    const auto write_summary = [&](std::ostream& out) {
      write_markdown(out, files);
      if (coverage_) write_coverage_markdown(out, coverage);
    };
    const auto write_page = [&](std::ostream& out) {
      write_test_page(out, files, coverage_ ? &coverage : nullptr, threshold_);
    };
    return worse(worse(code, write_file(console, markdown_, write_summary)),
                 write_file(console, html_, write_page));
  }

  template <class Write>
  static ExitCode write_file(Console& console, const std::string& path, Write write) {
    if (path.empty() || path == "-") return ExitCode::Ok;
    sim::AtomicFile file(path);
    write(file.stream());
    const std::string problem = file.commit();
    if (problem.empty()) return ExitCode::Ok;
    console.log().error("{}", problem);
    return ExitCode::Failure;
  }

  std::vector<std::string> paths_;
  std::string name_pattern_;
  std::string junit_;
  std::string markdown_;
  std::string html_;
  std::string format_;
  bool coverage_ = false;
  std::string threshold_text_;
  double threshold_ = 0;
  bool update_ = false;
  std::size_t threads_ = 0;  // 0: as many as the machine has
};

}  // namespace

std::unique_ptr<Command> make_test_command(CLI::App& root) {
  return std::make_unique<TestCommand>(root);
}

}  // namespace headroom
