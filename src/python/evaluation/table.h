#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "python/evaluation/value.h"

namespace python {

/// Python's hash of a text, as all tables use it.
std::uint32_t hash_of(std::string_view text);

/// An insertion-ordered hash table from Value to Value: what dicts, sets, namespaces and attributes are made of.
/// Keys that are no plain constants are hashed and compared by the interpreter (`Interpreter::hash`, `equal`), which
/// therefore has its own way in; texts come and go directly.
class Table {
 public:
  struct Entry {
    Value key;
    Value value;
    std::uint32_t hash = 0;
  };

  /// In order of insertion.
  const std::vector<Entry>& entries() const { return entries_; }
  std::vector<Entry>& entries() { return entries_; }
  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }

  /// The value under a text, or null. The pointer holds until the table changes.
  Value* find(std::string_view key) { return find(key, hash_of(key)); }
  const Value* find(std::string_view key) const { return const_cast<Table*>(this)->find(key); }
  Value* find(std::string_view key, std::uint32_t hash);

  /// Position of the first entry with this hash for which `matches(key)` holds, or -1.
  template <class Matches>
  std::ptrdiff_t position(std::uint32_t hash, Matches matches) const {
    if (index_.empty()) {
      for (std::size_t at = 0; at < entries_.size(); ++at)
        if (entries_[at].hash == hash && matches(entries_[at].key)) return static_cast<std::ptrdiff_t>(at);
      return -1;
    }
    const std::size_t mask = index_.size() - 1;
    for (std::size_t slot = hash & mask; index_[slot] != free_slot; slot = (slot + 1) & mask) {
      const std::uint32_t at = index_[slot];
      if (entries_[at].hash == hash && matches(entries_[at].key)) return static_cast<std::ptrdiff_t>(at);
    }
    return -1;
  }

  /// The position of the entry that a pointer from `find` points into.
  std::size_t position_of(const Value* found) const {
    std::size_t at = 0;
    while (&entries_[at].value != found) ++at;
    return at;
  }

  /// Adds an entry whose key is not there yet.
  void append(Value key, Value value, std::uint32_t hash);
  void erase(std::size_t position);
  void clear();

 private:
  static constexpr std::uint32_t free_slot = 0xffffffff;
  static constexpr std::size_t smallest_indexed = 9;

  void rebuild_index(std::size_t slots);
  void insert_in_index(std::size_t at);

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> index_;
};

}  // namespace python
