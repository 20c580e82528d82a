// Command indexer for tests: it uses smaller dictionaries, and writing fails beyond a
// file size as on a full disk. It replaces cmd/indexer/main.go in a build.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"xunwen/internal/cli"
)

func main() {
	if limit := os.Getenv("INDEXER_TEST_FILE_SIZE"); limit != "" {
		if err := limitFiles(limit); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
	}
	dictionaries := os.DirFS(os.Getenv("INDEXER_TEST_DICTIONARIES"))
	p := program
	p.Run = func(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
		return runWith(ctx, dictionaries, args, stdin, stdout, stderr)
	}
	os.Exit(cli.Main(p))
}

// limitFiles makes writes beyond a file size fail.
func limitFiles(limit string) error {
	n, err := strconv.ParseUint(limit, 10, 64)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n})
}
