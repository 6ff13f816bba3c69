// SPDX-License-Identifier: Apache-2.0
/** Tells Event Admin of every job's changes. */
@org.jspecify.annotations.NullMarked
package io.jobyard.events;
