// SPDX-License-Identifier: Apache-2.0
/** Classes of typed handlers: their checks, and the JSON Schemas that the host derives from them. */
@org.jspecify.annotations.NullMarked
package io.jobyard.worker.typed;
