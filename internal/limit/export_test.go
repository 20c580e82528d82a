package limit

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"xunwen/internal/search"
)

// TestFindingHitsOfAnExportIsBounded checks that an export whose hits aren't found in time
// ends, that one behind it that waits is rejected then, and that both leave their places.
func TestFindingHitsOfAnExportIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New(blockedExport{release: make(chan struct{})}, 1, 2)
		export := func() chan error {
			done := make(chan error, 1)
			go func() { done <- e.Export(t.Context(), search.ExportRequest{}, discard{}) }()
			synctest.Wait()
			return done
		}
		finding, waiting := export(), export()
		time.Sleep(findTime + time.Second)
		if err := <-finding; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("an export that finds nothing in time: %v", err)
		}
		if err := <-waiting; !errors.Is(err, search.ErrBusy) && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("an export behind it: %v", err)
		}
		if got, want := e.Use(), (Use{}); got.Running+got.Waiting+got.Exporting > 0 {
			t.Errorf("afterwards Use() = %+v, want %+v", got, want)
		}
	})
}

// TestDeliveringMayTakeLonger checks that the time for finding hits doesn't end an export that
// delivers them.
func TestDeliveringMayTakeLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := New(oneHit{}, 1, 0)
		slow, done := startExport(t, e)
		time.Sleep(3 * findTime)
		close(slow.resume)
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
