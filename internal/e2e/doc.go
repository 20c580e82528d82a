// Package e2e holds the end-to-end tests: they run searchd over an index of the sample
// newspapers and use it as clients and browsers do, and run and kill the indexer. There
// is no other code here.
//
// Read searchd_test.go first: it builds and starts the program; indexer_test.go does so
// for the indexer. script_test.go runs the
// scripts of testdata, which are the easiest place to add a test of an answer or a page;
// tests in a browser start with browser_test.go, load tests with client_test.go.
package e2e
