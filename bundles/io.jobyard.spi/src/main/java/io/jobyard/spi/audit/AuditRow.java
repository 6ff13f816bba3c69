// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.util.UUID;

/**
 * An entry of the audit as it is stored.
 *
 * @param incarnation the life of the host in which it was written
 * @param number its number in that life, from 1 and without gaps
 * @param entry what it says
 * @param seal the keyed hash over it and its predecessor, in hexadecimal digits
 */
public record AuditRow(UUID incarnation, long number, AuditEntry entry, String seal) {}
