#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace python::library {

/// A text by its characters (code points).
class Characters {
 public:
  explicit Characters(std::string_view text);
  std::size_t size() const { return ascii_ ? text_.size() : starts_.size() - 1; }
  std::string_view operator[](std::size_t at) const { return part(at, at + 1); }
  std::string_view part(std::size_t from, std::size_t to) const;
  /// The character at which a byte stands.
  std::size_t index_of_byte(std::size_t byte) const;

 private:
  std::string_view text_;
  bool ascii_ = true;
  std::vector<std::size_t> starts_;
};

std::size_t character_count(std::string_view text);
char32_t decoded(std::string_view character);
void encode(char32_t code, std::string& to);
/// The text of code points.
std::u32string decoded_text(std::string_view text);
std::string encoded_text(std::u32string_view text);

// Simple case mapping for the alphabets of Europe; other characters stay.
char32_t upper(char32_t code);
char32_t lower(char32_t code);
std::string upper(std::string_view text);
std::string lower(std::string_view text);
bool is_space(char32_t code);
bool is_letter(char32_t code);
bool is_digit(char32_t code);
bool is_upper(char32_t code);
bool is_lower(char32_t code);
bool is_printable(char32_t code);

}  // namespace python::library
