//go:build !linux

package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"xunwen/internal/memlimit"
)

// supervise returns false: limits of memory are known on Linux only.
func supervise(Program, memlimit.Limit) (code int, done bool) { return 0, false }

func becomeChild(string) error { return nil }

// stopped returns a context that ends at SIGINT or SIGTERM. A second signal kills the process.
func stopped() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}
