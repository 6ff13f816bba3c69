// SPDX-License-Identifier: Apache-2.0
/** The job types of the tutorials. A host has them once the bundle is in {@code deploy/}. */
@org.jspecify.annotations.NullMarked
package io.jobyard.handler.examples;
