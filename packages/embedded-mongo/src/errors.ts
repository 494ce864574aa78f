/**
 * MongoDB's numbered error names that this package raises; a number that is not here is called
 * `Location<number>`, as the server does.
 * @see https://www.mongodb.com/docs/manual/reference/error-codes/
 */
const CODE_NAMES: Readonly<Record<number, string>> = {
  1: 'InternalError',
  2: 'BadValue',
  4: 'NoSuchKey',
  6: 'HostUnreachable',
  7: 'HostNotFound',
  8: 'UnknownError',
  9: 'FailedToParse',
  11: 'UserNotFound',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  15: 'Overflow',
  16: 'InvalidLength',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  24: 'LockTimeout',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  31: 'RoleNotFound',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  47: 'NoMatchingDocument',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  51: 'ManualInterventionRequired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  55: 'InvalidDBRef',
  56: 'EmptyFieldName',
  57: 'DottedFieldName',
  59: 'CommandNotFound',
  64: 'WriteConcernTimeout',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  79: 'UnknownReplWriteConcern',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  89: 'NetworkTimeout',
  91: 'ShutdownInProgress',
  96: 'OperationFailed',
  100: 'UnsatisfiableWriteConcern',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  117: 'ConflictingOperationInProgress',
  121: 'DocumentValidationFailure',
  125: 'CommandFailed',
  134: 'ReadConcernMajorityNotAvailableYet',
  136: 'CappedPositionLost',
  139: 'JSInterpreterFailure',
  146: 'ExceededMemoryLimit',
  148: 'ReadConcernMajorityNotEnabled',
  165: 'ViewDepthLimitExceeded',
  166: 'CommandNotSupportedOnView',
  167: 'OptionNotSupportedOnView',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  175: 'QueryPlanKilled',
  189: 'PrimarySteppedDown',
  197: 'InvalidIndexSpecificationOption',
  211: 'KeyNotFound',
  217: 'IncompleteTransactionHistory',
  222: 'CloseChangeStream',
  225: 'TransactionTooOld',
  237: 'CursorKilled',
  238: 'NotImplemented',
  241: 'ConversionFailure',
  246: 'SnapshotUnavailable',
  249: 'FailPointSetFailed',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  260: 'InvalidResumeToken',
  262: 'ExceededTimeLimit',
  313: 'TransactionTooLargeForCache',
  263: 'OperationNotSupportedInTransaction',
  267: 'PreparedTransactionInProgress',
  276: 'IndexBuildAborted',
  279: 'ClientDisconnect',
  280: 'ChangeStreamFatalError',
  285: 'DataCorruptionDetected',
  286: 'ChangeStreamHistoryLost',
  291: 'NoQueryExecutionPlans',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  322: 'APIVersionError',
  323: 'APIStrictError',
  324: 'APIDeprecationError',
  391: 'ReauthenticationRequired',
  9001: 'SocketException',
  10003: 'CannotGrowDocumentInCappedNamespace',
  10107: 'NotWritablePrimary',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  11600: 'InterruptedAtShutdown',
  11601: 'Interrupted',
  11602: 'InterruptedDueToReplStateChange',
  13388: 'StaleConfig',
  13435: 'NotPrimaryNoSecondaryOk',
  13436: 'NotPrimaryOrSecondary',
  14031: 'OutOfDiskSpace',
};

/** What a MongoError carries besides its number and words. */
export interface ErrorDetails {
  /** Error labels such as `TransientTransactionError`; default none. */
  labels?: readonly string[];
  /** Further fields of the server's answer, such as `keyPattern` and `keyValue`. */
  extra?: Readonly<Record<string, unknown>>;
}

/**
 * A refusal in MongoDB's own number and words, as it goes over the wire.
 * @see https://www.mongodb.com/docs/manual/reference/error-codes/
 */
export class MongoError extends Error {
  readonly code: number;
  readonly labels: readonly string[];
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: number, message: string, details: ErrorDetails = {}) {
    super(message);
    this.name = 'MongoError';
    this.code = code;
    this.labels = details.labels ?? [];
    this.extra = details.extra ?? {};
  }

  /** The name that belongs to `code`. */
  get codeName(): string {
    return CODE_NAMES[this.code] ?? `Location${this.code}`;
  }
}

/** Code 2: an argument that cannot be used. */
export const badValue = (message: string): MongoError => new MongoError(2, message);

/** Code 9: a request that cannot be read. */
export const failedToParse = (message: string): MongoError => new MongoError(9, message);

/** Code 14: an argument of the wrong BSON type. */
export const typeMismatch = (message: string): MongoError => new MongoError(14, message);
