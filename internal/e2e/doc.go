// Package e2e holds end-to-end tests: they run searchd as a program over an index
// of the sample newspapers and use it as clients and browsers do. It has no other
// code.
//
// Read searchd_test.go first: it builds and starts the program. script_test.go runs the
// scripts of testdata, which are the easiest place to add a test of an answer or a page;
// tests in a browser start with browser_test.go, those under load with client_test.go.
package e2e
