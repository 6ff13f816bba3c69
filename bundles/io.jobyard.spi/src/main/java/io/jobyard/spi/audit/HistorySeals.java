// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.util.UUID;

/**
 * What the seals of the histories come to that one life of the host has added and taken. Each commit that ends a job, begins
 * another life of one or removes one changes it.
 *
 * @param changes how often it has changed, from 1
 * @param histories how many were added beyond those taken; may be below 0
 * @param seal the keyed hash over all that, in hexadecimal digits
 */
public record HistorySeals(UUID life, long changes, long histories, String seal) {}
