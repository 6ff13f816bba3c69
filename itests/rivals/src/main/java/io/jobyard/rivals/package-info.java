// SPDX-License-Identifier: Apache-2.0
/** Measures the built host beside other libraries that keep jobs in a database. */
@org.jspecify.annotations.NullMarked
package io.jobyard.rivals;
