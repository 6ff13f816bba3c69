// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

/**
 * A living process.
 *
 * @param session the session number; 0 if unknown
 * @param mark the value of {@link ProcessMark#VARIABLE} at its start; empty if it has none or belongs to another user
 */
record ProcessEntry(long pid, long parent, long session, String mark) {}
