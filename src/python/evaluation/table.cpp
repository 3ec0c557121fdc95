#include "python/evaluation/table.h"

#include "python/evaluation/objects.h"

namespace python {

std::uint32_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3u;
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

Value* Table::find(std::string_view key, std::uint32_t hash) {
  const std::ptrdiff_t at = position(hash, [&](Value candidate) {
    const Str* text = candidate.as<Str>();
    return text && text->text == key;
  });
  return at < 0 ? nullptr : &entries_[static_cast<std::size_t>(at)].value;
}

void Table::append(Value key, Value value, std::uint32_t hash) {
  entries_.push_back({key, value, hash});
  if (index_.empty() && entries_.size() < smallest_indexed) return;
  if (entries_.size() * 2 > index_.size()) return rebuild_index(entries_.size() * 4);
  insert_in_index(entries_.size() - 1);
}

void Table::erase(std::size_t position) {
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(position));
  if (!index_.empty()) rebuild_index(entries_.size() * 4);
}

void Table::clear() {
  entries_.clear();
  index_.clear();
}

void Table::rebuild_index(std::size_t slots) {
  std::size_t size = 32;
  while (size < slots) size *= 2;
  index_.assign(size, free_slot);
  for (std::size_t at = 0; at < entries_.size(); ++at) insert_in_index(at);
}

void Table::insert_in_index(std::size_t at) {
  const std::size_t mask = index_.size() - 1;
  std::size_t slot = entries_[at].hash & mask;
  while (index_[slot] != free_slot) slot = (slot + 1) & mask;
  index_[slot] = static_cast<std::uint32_t>(at);
}

}  // namespace python
