#include "metric_reporter.h"

int main(int argc, char** argv) { return tactus::bench::run_and_print(argc, argv); }
