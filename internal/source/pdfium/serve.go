package pdfium

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// workerVariable makes a process of any program with this package a worker. Its value is the
// folder of the cache.
const workerVariable = "XUNWEN_PDFIUM_WORKER"

// A worker is this program again, and tests of any package may start one: so there is no flag
// and no command for it.
func init() {
	cacheDir, ok := os.LookupEnv(workerVariable)
	if !ok {
		return
	}
	if err := serve(cacheDir, os.Stdin, os.Stdout); err != nil && !errors.Is(err, io.EOF) {
		os.Exit(1)
	}
	os.Exit(0)
}

// garbagePercent is the amount of garbage, in percent of the memory in use, at which it is
// collected: little is in use, and each character makes some.
const garbagePercent = 400

// serve answers requests until its input ends.
func serve(cacheDir string, stdin io.Reader, stdout io.Writer) error {
	signal.Ignore(os.Interrupt, syscall.SIGTERM) // the parent decides
	debug.SetGCPercent(garbagePercent)
	in, out := bufio.NewReader(stdin), bufio.NewWriter(stdout)
	decoder, encoder := gob.NewDecoder(in), gob.NewEncoder(out)
	reply := func(a answer) error { return errors.Join(encoder.Encode(a), out.Flush()) }
	lib, err := newLibrary(cacheDir)
	if err != nil {
		return reply(answer{Failed: "PDFium does not start: " + err.Error()})
	}
	debug.FreeOSMemory() // compiling took much
	if err := reply(answer{}); err != nil {
		return err
	}
	for {
		var r request
		if err := decoder.Decode(&r); err != nil {
			return err
		}
		var a answer
		switch {
		case r.Open:
			data := make([]byte, r.Size)
			if _, err := io.ReadFull(in, data); err != nil {
				return err
			}
			a = lib.open(context.Background(), data)
		case r.Close:
			lib.close()
		default:
			a = lib.page(r.Page)
		}
		if err := reply(a); err != nil {
			return err
		}
	}
}
