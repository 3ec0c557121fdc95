#pragma once

#include <string>
#include <string_view>

#include "migration/migration.h"

namespace migration {

/// What a file says of itself, as comment lines that begin with `comment` ("--", "#"); the checksum is filled in by
/// `sealed`.
std::string header(const Migration& migration, std::string_view comment);

/// The text with its checksum written into the header.
std::string sealed(const std::string& text);
std::string sealed(const std::string& text, const std::string& checksum);

/// Takes the header of a file over: ours, plan, tables, dangers, checksum, edited. A file that has a header without a
/// checksum is ours and was edited on purpose.
void read_header(std::string_view text, Migration& migration);
/// The same without looking at the text's checksum; gives the recorded one, empty where there is none.
std::string read_header_lines(std::string_view text, Migration& migration);
/// Of an Alembic revision: of its place, its header and its statements, so that the text may be formatted anew.
std::string revision_checksum(const Migration& migration);

/// "step 3: add column users.phone [transaction 1]": stands before each statement.
std::string marker(const Statement& statement, std::size_t number);
/// The statement's attributes out of such a line, if it is one.
std::optional<Statement> read_marker(std::string_view line);

}  // namespace migration
