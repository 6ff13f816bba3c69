// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

class SqliteNthCallTest extends NthCallTest {

    @Override
    EmbeddedKind database() {
        return EmbeddedKind.SQLITE;
    }
}
