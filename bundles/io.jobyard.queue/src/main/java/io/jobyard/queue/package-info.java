// SPDX-License-Identifier: Apache-2.0
/** Lanes, order and gates: which ready job is next. */
@org.jspecify.annotations.NullMarked
package io.jobyard.queue;
