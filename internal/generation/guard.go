package generation

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// Do calls do and turns a fault in a mapped file (one that was truncated, or a
// bad disk) into an error instead of the end of the process. It does the same
// with any panic once the files have changed, since the code that reads them
// trusts their content. Other panics go on.
func (g *Guard) Do(do func()) (damage error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		r := recover()
		if at, ok := r.(memoryFault); ok {
			damage = fmt.Errorf("%w: %w", ErrDamaged, at)
		} else if r != nil {
			if damage = g.Verify(); damage == nil {
				panic(r)
			}
		}
	}()
	do()
	return nil
}

// memoryFault is what the runtime panics with when a mapped page can't be read;
// other panics have no address.
type memoryFault interface {
	runtime.Error
	Addr() uintptr
}
