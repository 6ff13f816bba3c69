// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

/**
 * A bundle of a jar in {@code deploy/}. A snapshot.
 *
 * @param position its jar's index in the order of deployment, from 1; kept by an update
 * @param build the first digits of the jar's hash, which differ between builds of one version
 */
public record DeployedBundle(int position, String build) {}
