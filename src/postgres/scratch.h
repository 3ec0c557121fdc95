#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "postgres/connection.h"
#include "postgres/server.h"

namespace postgres {

/// A private server to try things on: empty at first, gone with this value or with our process, however it ends.
/// A server rather than a database, since roles belong to the whole server. Nothing on it survives a crash: fast.
class Scratch {
 public:
  /// With a major version, servers of that version are preferred to the newest.
  static base::Result<Scratch> start(std::optional<int> major = std::nullopt);

  /// Of the database `postgres`.
  std::string url() const { return socket_url(socket_, "postgres"); }
  /// A new, empty database; its URL.
  base::Result<std::string> new_database();
  int major() const { return major_; }

 private:
  Scratch(TemporaryServer server, base::Path socket, int major)
      : server_(std::move(server)), socket_(std::move(socket)), major_(major) {}

  TemporaryServer server_;
  base::Path socket_;
  int major_;
  int databases_ = 0;
};

}  // namespace postgres
