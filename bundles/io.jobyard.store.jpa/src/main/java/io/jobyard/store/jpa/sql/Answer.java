// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.sql.SQLException;

/** The database's answer, for which a statement may still wait to be sent: whoever takes the answer sends that. */
public interface Answer<T> {

    T get() throws SQLException;
}
