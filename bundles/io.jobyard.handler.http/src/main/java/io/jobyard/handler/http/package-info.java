// SPDX-License-Identifier: Apache-2.0
/** Calls by HTTP to where an administrator allows them, and nowhere else. */
@org.jspecify.annotations.NullMarked
package io.jobyard.handler.http;
