package live

import (
	"context"
	"runtime/debug"
	"sync"
	"time"
)

// checkedPerSecond bounds how fast files are checked while they are served: a tenth of what a
// slow disk reads, and a twentieth of a processor.
const checkedPerSecond = 64 << 20 // bytes

// inspection is the work on a generation after it is served: it reads what the first searches
// need, and then checks the files that were not checked before.
type inspection struct {
	stop  context.CancelFunc
	ended sync.WaitGroup
}

// inspect begins the inspection of s, which is served. Damage has the same consequences as
// damage that an answer meets.
func (e *Engine) inspect(ctx context.Context, s *served) {
	ctx, s.stop = context.WithCancel(ctx)
	s.ended.Go(func() {
		defer e.recoverInspection(s)
		began := time.Now()
		var err error
		damage := s.intact(func() error { err = s.WarmUp(ctx); return err })
		if damage == nil && err == nil {
			err = s.Guard.Check(ctx, checkedPerSecond)
			damage = err
		}
		name := s.Manifest.Generation
		switch {
		case ctx.Err() != nil: // it is no longer served
		case damage != nil:
			e.markDamaged(s, damage)
		case err != nil:
			e.log.Warn("cannot prepare a generation for searches", "generation", name, "error", err)
		default:
			e.log.Info("checked the files of a generation", "generation", name, "bytes", s.Manifest.Bytes(""),
				"took", time.Since(began).Round(time.Millisecond).String())
		}
	})
}

// recoverInspection keeps a panic of an inspection from ending the server: searches read what
// they need themselves.
func (e *Engine) recoverInspection(s *served) {
	if p := recover(); p != nil {
		e.log.Error("preparing a generation panicked", "generation", s.Manifest.Generation, "panic", p,
			"stack", string(debug.Stack()))
	}
}

// endInspection stops it and waits for its end.
func (i *inspection) endInspection() {
	i.stop()
	i.ended.Wait()
}
