// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

/**
 * The category of tests of what a fault does, or of what takes long: {@code mvn verify} leaves them out, {@code .ci/run} makes them
 * behind it.
 */
interface Storm {}
