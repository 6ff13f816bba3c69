// SPDX-License-Identifier: Apache-2.0
/** Files of the browser console, and the page that loads them. */
@org.jspecify.annotations.NullMarked
package io.jobyard.console;
