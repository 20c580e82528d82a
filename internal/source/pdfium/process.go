package pdfium

import (
	"bufio"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync/atomic"
	"time"
)

// Why a worker was killed, or ended by itself.
var (
	errSlow = errors.New("too slow")
	errDied = errors.New("PDFium ended")
)

// worker is a process that reads PDFs.
type worker struct {
	cmd     *exec.Cmd
	in      *bufio.Writer
	pipe    io.Closer // what in writes to
	encoder *gob.Encoder
	decoder *gob.Decoder
}

// startWorker starts a process and waits until it is ready.
func startWorker(ctx context.Context, cacheDir string) (*worker, error) {
	program, err := ownProgram()
	if err != nil {
		return nil, fmt.Errorf("PDFium does not start: %w", err)
	}
	w := &worker{cmd: exec.Command(program)} // ctx ends with the command that reads, not with this document
	w.cmd.Env = append(os.Environ(), workerVariable+"="+cacheDir)
	w.cmd.SysProcAttr = endsWithParent()
	in, err := w.cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("PDFium does not start: %w", err)
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("PDFium does not start: %w", err)
	}
	if err := w.cmd.Start(); err != nil {
		return nil, fmt.Errorf("PDFium does not start: %w", err)
	}
	w.in, w.pipe = bufio.NewWriter(in), in
	w.encoder, w.decoder = gob.NewEncoder(w.in), gob.NewDecoder(bufio.NewReader(out))
	stop := context.AfterFunc(ctx, w.killProcess)
	defer stop()
	var ready answer
	if err := w.decoder.Decode(&ready); err != nil {
		w.kill()
		return nil, errors.Join(ctx.Err(), fmt.Errorf("PDFium does not start: %w", err))
	}
	if ready.Failed != "" {
		w.kill()
		return nil, errors.New(ready.Failed)
	}
	return w, nil
}

// watchEvery is how often the processor time of a worker is looked at.
const watchEvery = 100 * time.Millisecond

// call sends a request, with the bytes that follow it, and waits for its answer; spent is the
// processor time that it took. After an error, which is errSlow, errDied or that of ctx, the
// worker is of no more use.
func (w *worker) call(ctx context.Context, r request, data []byte, most time.Duration) (a answer, spent time.Duration,
	err error) {
	began := w.spent()
	var slow atomic.Bool
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(watchEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-ctx.Done():
				w.killProcess()
				return
			case <-tick.C:
				if w.spent()-began > most {
					slow.Store(true)
					w.killProcess()
					return
				}
			}
		}
	}()
	err = w.exchange(r, data, &a)
	close(done)
	<-ended
	switch {
	case ctx.Err() != nil:
		return a, 0, ctx.Err()
	case slow.Load():
		return a, most, errSlow
	case err != nil:
		return a, max(0, w.spent()-began), errDied
	}
	return a, w.spent() - began, nil
}

func (w *worker) exchange(r request, data []byte, a *answer) error {
	if err := w.encoder.Encode(r); err != nil {
		return err
	}
	if r.Size > 0 {
		if _, err := w.in.Write(data[:r.Size]); err != nil {
			return err
		}
	}
	if err := w.in.Flush(); err != nil {
		return err
	}
	return w.decoder.Decode(a)
}

// spent returns the processor time that the process took so far.
func (w *worker) spent() time.Duration { return processorTime(w.cmd.Process.Pid) }

func (w *worker) killProcess() { _ = w.cmd.Process.Kill() } // it may have ended

// kill ends the process and waits for it.
func (w *worker) kill() {
	w.killProcess()
	_ = w.pipe.Close()
	_ = w.cmd.Wait() // it says that it was killed
}
