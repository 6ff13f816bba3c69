// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.util.UUID;

/**
 * A stored entry of the audit.
 *
 * @param incarnation the incarnation in which it was written
 * @param number its number in that incarnation, from 1 and without gaps
 * @param seal the keyed hash over it and its predecessor, in hexadecimal digits
 */
public record AuditRow(UUID incarnation, long number, AuditEntry entry, String seal) {}
