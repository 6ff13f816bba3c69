// SPDX-License-Identifier: Apache-2.0
/** The files of the console in the browser, and the page that loads them. */
@org.jspecify.annotations.NullMarked
package io.jobyard.console;
