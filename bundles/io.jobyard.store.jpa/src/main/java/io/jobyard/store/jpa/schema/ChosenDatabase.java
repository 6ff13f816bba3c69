// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import io.jobyard.store.api.StoreDialect;

/** The kind of database that the configuration asks for, as a service: whoever needs it begins when it is there. */
public record ChosenDatabase(StoreDialect dialect) {}
