#pragma once

namespace cli {

/// The program: parses the command line, runs the command, prints its outcome. Returns the exit status.
int main(int count, const char* const* words);

}  // namespace cli
