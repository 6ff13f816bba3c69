// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.audit;

import java.util.UUID;

/**
 * Sum of the seals of histories that one incarnation has added and removed. Each commit that ends, retries or removes a job changes it.
 *
 * @param changes number of changes, from 1
 * @param histories number of added minus removed histories; may be negative
 * @param seal keyed hash over these values, in hexadecimal digits
 */
public record HistorySeals(UUID life, long changes, long histories, String seal) {}
