// SPDX-License-Identifier: Apache-2.0
/** Tells about jobs; never changes one. */
@org.jspecify.annotations.NullMarked
package io.jobyard.status;
