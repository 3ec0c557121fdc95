#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace python::syntax {

/// Memory that only grows and is freed at once. What lives in it is never destroyed, so it must be trivial.
class Arena {
 public:
  template <class T>
  T* make(T value) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T(std::move(value));
  }

  template <class T>
  std::span<const T> copy(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    void* memory = allocate(items.size_bytes(), alignof(T));
    std::memcpy(memory, items.data(), items.size_bytes());
    return {static_cast<const T*>(memory), items.size()};
  }

  std::string_view copy(std::string_view text) {
    const std::span<const char> bytes = copy(std::span<const char>(text.data(), text.size()));
    return {bytes.data(), bytes.size()};
  }

  void* allocate(std::size_t bytes, std::size_t alignment) {
    const std::size_t padding = -reinterpret_cast<std::uintptr_t>(next_) & (alignment - 1);
    if (static_cast<std::size_t>(end_ - next_) < bytes + padding) return allocate_in_new_block(bytes);
    char* start = next_ + padding;
    next_ = start + bytes;
    return start;
  }

 private:
  static constexpr std::size_t first_block = 16 * 1024;
  static constexpr std::size_t largest_block = 1024 * 1024;

  void* allocate_in_new_block(std::size_t bytes) {
    const std::size_t size = std::max(bytes, block_size_);
    block_size_ = std::min(block_size_ * 2, largest_block);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    char* start = blocks_.back().get();
    next_ = start + bytes;
    end_ = start + size;
    return start;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_size_ = first_block;
  char* next_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace python::syntax
