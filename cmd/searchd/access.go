package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"xunwen/internal/access"
	"xunwen/internal/cli"
)

// openKeys reads the file of API keys; it returns nil if none is set.
func openKeys(set settings, log *slog.Logger) (*access.Keys, error) {
	if set.keys == "" {
		return nil, nil
	}
	keys, err := access.OpenKeys(set.keys, log)
	if err != nil {
		return nil, cli.Usagef("--api-keys: %w", err)
	}
	return keys, nil
}

// onHangUp catches SIGHUP until release is called, also where there are no keys to
// read again: by default the signal ends a process.
func onHangUp() (hangUp <-chan os.Signal, release func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	return c, func() { signal.Stop(c) }
}

// watchKeys reads the file of keys again when it changes, and on SIGHUP.
func watchKeys(ctx context.Context, keys *access.Keys, hangUp <-chan os.Signal) error {
	if keys == nil {
		return nil
	}
	return keys.Run(ctx, hangUp)
}

// addresses returns the limits by address, nil if none are set.
func (set settings) addresses() *access.Addresses {
	if set.rate == 0 {
		return nil
	}
	return access.NewAddresses(set.rate, set.burst)
}
