#include "migration/interruption.h"

#include <algorithm>
#include <csignal>
#include <ctime>

namespace migration {
namespace {

// What a signal handler may touch.
volatile std::sig_atomic_t interrupted = 0;
const postgres::Connection* volatile running = nullptr;
struct sigaction interrupt_before {};
struct sigaction terminate_before {};

extern "C" void on_signal(int signal) {
  if (interrupted != 0) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
    return;
  }
  interrupted = 1;
  if (running != nullptr) running->cancel();
}

}  // namespace

Interruption::Interruption(const postgres::Connection& connection) {
  interrupted = 0;
  running = &connection;
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, &interrupt_before);
  sigaction(SIGTERM, &action, &terminate_before);
}

Interruption::~Interruption() {
  sigaction(SIGINT, &interrupt_before, nullptr);
  sigaction(SIGTERM, &terminate_before, nullptr);
  running = nullptr;
}

bool Interruption::requested() const { return interrupted != 0; }

void Interruption::sleep(std::chrono::milliseconds time) const {
  const auto slice = std::chrono::milliseconds(50);
  for (; time.count() > 0 && !requested(); time -= slice) {
    const auto part = std::min(time, slice);
    const timespec wait{part.count() / 1000, part.count() % 1000 * 1'000'000};
    nanosleep(&wait, nullptr);
  }
}

}  // namespace migration
