package engine

import (
	"errors"
	"testing"
)

func TestBesideReturnsErrors(t *testing.T) {
	failed := errors.New("failed")
	if err := beside(true, func() error { return failed }).wait(); !errors.Is(err, failed) {
		t.Errorf("wait returns %v", err)
	}
	if err := beside(false, func() error { return failed }).wait(); err != nil {
		t.Errorf("what was not started returns %v", err)
	}
}

// TestPanicsBesideReachTheCaller checks that a panic, such as a fault in a mapped file, ends
// in the goroutine of the search, where it can be handled.
func TestPanicsBesideReachTheCaller(t *testing.T) {
	defer func() {
		if r := recover(); r != "broken" {
			t.Errorf("recovered %v", r)
		}
	}()
	beside(true, func() error { panic("broken") }).wait()
	t.Error("no panic")
}
