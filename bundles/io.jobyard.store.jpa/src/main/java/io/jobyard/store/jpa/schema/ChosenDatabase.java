// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import io.jobyard.store.api.StoreDialect;

/** Kind of database that the configuration selects. Components that need it start when this service is available. */
public record ChosenDatabase(StoreDialect dialect) {}
