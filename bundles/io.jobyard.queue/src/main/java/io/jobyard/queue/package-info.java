// SPDX-License-Identifier: Apache-2.0
/** Lanes, order and gates, which determine the ready job that starts next. */
@org.jspecify.annotations.NullMarked
package io.jobyard.queue;
