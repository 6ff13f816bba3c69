// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

/**
 * A process that lives.
 *
 * @param pid its number
 * @param parent the number of its parent
 * @param session the number of its session; 0 if unknown
 * @param mark the value of {@link ProcessMark#VARIABLE} that it started with; empty if it has none or is another user's
 */
record ProcessEntry(long pid, long parent, long session, String mark) {}
