// SPDX-License-Identifier: Apache-2.0
/** A server that stands in for model providers: scripted answers, scripted faults, and an account of its own. */
@org.jspecify.annotations.NullMarked
package io.jobyard.modelserver;
