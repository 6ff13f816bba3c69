// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.util.UUID;

/**
 * Stored entry of the audit.
 *
 * @param incarnation incarnation that wrote it
 * @param number number in that incarnation, from 1 and without gaps
 * @param seal keyed hash over the row and the seal of its predecessor, in hexadecimal digits
 */
public record AuditRow(UUID incarnation, long number, AuditEntry entry, String seal) {}
