#include "cli/main.h"

int main(int count, char** words) { return cli::main(count, words); }
