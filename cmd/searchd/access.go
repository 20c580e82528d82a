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

// openKeys reads the file of keys; nil where none is set.
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

// onHangUp catches SIGHUP until release is called: where there are no keys to read
// again it is no reason to end.
func onHangUp() (hangUp <-chan os.Signal, release func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	return c, func() { signal.Stop(c) }
}

// followKeys takes up what changes in the file of keys, on SIGHUP at once.
func followKeys(ctx context.Context, keys *access.Keys, hangUp <-chan os.Signal) error {
	if keys == nil {
		return nil
	}
	return keys.Run(ctx, hangUp)
}

// addresses are the limits by address; nil where none are set.
func (set settings) addresses() *access.Addresses {
	if set.rate == 0 {
		return nil
	}
	return access.NewAddresses(set.rate, set.burst)
}
