// SPDX-FileCopyrightText: The xmlrpc-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The types of XmlRpc for programs in GJS. It needs either the packages @girs/gjs and
// @girs/soup-3.0 or, in their place, the file gi.d.ts beside this one.

declare module 'gi://XmlRpc?version=1.0' {
    import Gio from 'gi://Gio?version=2.0';
    import GLib from 'gi://GLib?version=2.0';
    import GObject from 'gi://GObject?version=2.0';
    import Soup from 'gi://Soup?version=3.0';

    type Camel<Name extends string> = Name extends `${infer First}_${infer Rest}`
        ? `${First}${Capitalize<Camel<Rest>>}` : Name;
    type Dashed<Name extends string> = Name extends `${infer First}_${infer Rest}`
        ? `${First}-${Dashed<Rest>}` : Name;

    /** A property has three names: max_values, maxValues and max-values. */
    type Spelled<Properties> = Properties
        & {[Name in keyof Properties as Camel<Name & string>]: Properties[Name]}
        & {[Name in keyof Properties as Dashed<Name & string>]: Properties[Name]};

    /** What can be sent, but for functions: neither undefined nor a symbol. */
    type Sendable = null | boolean | number | bigint | string | object;

    /** A Gio.Cancellable may follow the parameters. */
    interface RemoteCall<Params extends unknown[], Result> {
        (...params: [...Params, Gio.Cancellable]): Promise<Result>;
        (...params: Params): Promise<Result>;
        /** Blocks, and returns the result itself. */
        sync(...params: [...Params, Gio.Cancellable]): Result;
        sync(...params: Params): Result;
    }

    /** All properties are methods of the server, also those that functions have. */
    interface RemoteMembers {
        readonly [name: string]: RemoteMethod;
        readonly apply: RemoteMethod;
        readonly bind: RemoteMethod;
        readonly call: RemoteMethod;
        readonly length: RemoteMethod;
        readonly name: RemoteMethod;
    }

    type RemoteMethod = RemoteCall<Sendable[], any> & RemoteMembers;

    interface RemoteNames {
        /** The method of any name. The types of its parameters and result can be given. */
        method<Params extends unknown[] = Sendable[], Result = any>(name: string): RemoteCall<Params, Result> & RemoteMembers;
    }

    type Remote = RemoteNames & RemoteMembers;

    /** In a Multicall, a method adds a call, and returns its index in the results. */
    interface AddingCall {
        (...params: Sendable[]): number;
    }

    interface AddingMembers {
        readonly [name: string]: AddingMethod;
        readonly apply: AddingMethod;
        readonly bind: AddingMethod;
        readonly call: AddingMethod;
        readonly length: AddingMethod;
        readonly name: AddingMethod;
    }

    type AddingMethod = AddingCall & AddingMembers;

    /** A question to the server, which waits or blocks as those of `remote` do. */
    interface Question<Args extends unknown[], Result> {
        (...args: Args): Promise<Result>;
        sync(...args: Args): Result;
    }

    interface Introspection {
        readonly listMethods: Question<[], string[]>;
        /** Such as 'array,struct'; null where the method has none. */
        readonly methodSignature: Question<[name: string], string[] | null>;
        readonly methodHelp: Question<[name: string], string>;
    }

    /** A Date that was read: `value` is its text as it came. */
    interface ReceivedDate extends Date {
        readonly value: string;
    }

    /** 'local', 'UTC', a name such as 'Europe/Berlin', or an offset such as '+02:00'. */
    type Zone = string | GLib.TimeZone;

    type Headers = readonly (readonly [string, string])[] | Iterable<readonly [string, string]>
        | {readonly [name: string]: string} | GLib.Variant;

    interface ProxyValues {
        authenticate_on_demand: boolean;
        idempotent: boolean;
        max_response_size: number;
        max_values: number;
        /** In milliseconds; 0 is none. */
        timeout: number;
        user: string | null;
    }

    interface ProxyConstants {
        uri: string;
        session: Soup.Session | null;
        headers: Headers | null;
        password: string | null;
        timeZone: Zone | null;
    }

    type ProxyProperties = Partial<Spelled<ProxyValues> & ProxyConstants>;

    interface ServerValues {
        access_log: boolean;
        allowed_hosts: readonly string[];
        allowed_origins: readonly string[];
        documentation: boolean;
        documentation_text: string | null;
        documentation_title: string | null;
        idle_timeout: number;
        introspection: boolean;
        max_connections: number;
        max_multicall: number;
        max_queued_calls: number;
        max_request_size: number;
        max_response_backlog: number;
        max_response_size: number;
        max_threads: number;
        max_values: number;
        request_timeout: number;
        status_method: boolean;
        trusted_proxies: readonly string[];
        write_timeout: number;
    }

    type ServerProperties = Partial<Spelled<ServerValues> & {timeZone: Zone | null}>;

    interface MethodOptions {
        /** Such as 'int,string', with the type of the result first. */
        signatures?: readonly string[] | null;
        help?: string | null;
    }

    type Passing = {passInvocation: true};
    type NotPassing = {passInvocation?: false};
    type Method = (this: XmlRpc.Invocation, ...params: any[]) => unknown;
    type PassedMethod = (this: XmlRpc.Invocation, invocation: XmlRpc.Invocation, ...params: any[]) => unknown;
    type Functions<Func> = {readonly [name: string]: Func} | ReadonlyMap<string, Func>;

    interface ListenOptions {
        /** Where it is left out, only programs of this computer are let in. */
        host?: string;
        /** A free one, where it is left out or 0. */
        port?: number;
        /** The path of a Unix socket, in place of host and port. */
        unix?: string;
        tls?: Gio.TlsCertificate | {certificate: string, key?: string} | null;
        auth?: ((user: string, password: string) => boolean) | ReadonlyMap<string, string>
            | {readonly [user: string]: string} | null;
        /** `/` and `/RPC2`, where it is left out; null is all. */
        path?: string | null;
    }

    namespace XmlRpc {
        const MAJOR_VERSION: number;
        const MINOR_VERSION: number;
        const MICRO_VERSION: number;
        const VERSION_S: string;

        /** A number that is sent as a double even if it is whole. */
        class Double {
            constructor(value: number);
            valueOf(): number;
        }

        /** What a server sends instead of a value. */
        class Fault extends globalThis.Error {
            constructor(faultCode: number | string, faultString?: string, members?: {readonly [name: string]: Sendable});
            /** As it came: usually a number. */
            faultCode: any;
            faultString: any;
            value: any;
            readonly code: any;
            readonly domain: number;
            matches(domain: unknown, code: unknown): boolean;
        }

        class Error extends GLib.Error {
            static readonly NOT_WELL_FORMED: number;
            static readonly INVALID_MESSAGE: number;
            static readonly INVALID_VALUE: number;
            static readonly TYPE_MISMATCH: number;
            static readonly UNSUPPORTED_TYPE: number;
            static readonly LIMIT_EXCEEDED: number;
            static quark(): number;
        }

        /** A status outside 2xx, which is its `code`. */
        class HttpError extends GLib.Error {
            static readonly MOVED_PERMANENTLY: number;
            static readonly FOUND: number;
            static readonly TEMPORARY_REDIRECT: number;
            static readonly PERMANENT_REDIRECT: number;
            static readonly BAD_REQUEST: number;
            static readonly UNAUTHORIZED: number;
            static readonly FORBIDDEN: number;
            static readonly NOT_FOUND: number;
            static readonly METHOD_NOT_ALLOWED: number;
            static readonly PROXY_AUTHENTICATION_REQUIRED: number;
            static readonly CONTENT_TOO_LARGE: number;
            static readonly TOO_MANY_REQUESTS: number;
            static readonly INTERNAL_SERVER_ERROR: number;
            static readonly BAD_GATEWAY: number;
            static readonly SERVICE_UNAVAILABLE: number;
            static readonly GATEWAY_TIMEOUT: number;
            static quark(): number;
        }

        enum CallFlags {
            NONE,
            IDEMPOTENT,
        }

        enum FaultCode {
            NOT_WELL_FORMED,
            UNSUPPORTED_ENCODING,
            INVALID_CHARACTER,
            INVALID_XML_RPC,
            METHOD_NOT_FOUND,
            INVALID_PARAMS,
            INTERNAL_ERROR,
            APPLICATION_ERROR,
            SYSTEM_ERROR,
            TRANSPORT_ERROR,
            OTHER_CODE,
        }

        enum MethodFlags {
            NONE,
            IN_THREAD,
            UNCHECKED_RESULT,
        }

        enum ValueKind {
            INT,
            I8,
            BOOLEAN,
            DOUBLE,
            STRING,
            DATE_TIME,
            BASE64,
            ARRAY,
            STRUCT,
            NIL,
            BIG_INTEGER,
            BIG_DECIMAL,
        }

        interface ServerProxy extends Spelled<ProxyValues> {}

        class ServerProxy extends GObject.Object {
            constructor(properties: ProxyProperties);
            static new(uri: string): ServerProxy;
            static new_with_session(uri: string, session: Soup.Session): ServerProxy;
            readonly remote: Remote;
            readonly server: Introspection;
            readonly uri: string;
            readonly session: Soup.Session;
            get timeZone(): Zone;
            set timeZone(zone: Zone | null);
            get headers(): GLib.Variant | null;
            set headers(headers: Headers | null);
            vfunc_message(message: Soup.Message): void;
            vfunc_http_error(message: Soup.Message): void;
            check_settings(): boolean;
            call(method_name: string, params: GLib.Variant | null, reply_type: GLib.VariantType | null, cancellable?: Gio.Cancellable | null): GLib.Variant;
            call_async(method_name: string, params: GLib.Variant | null, reply_type: GLib.VariantType | null, cancellable?: Gio.Cancellable | null): Promise<GLib.Variant>;
            call_finish(result: Gio.AsyncResult): GLib.Variant;
            call_full(method_name: string, params: GLib.Variant | null, reply_type: GLib.VariantType | null, flags: CallFlags, timeout_msec: number, cancellable?: Gio.Cancellable | null): GLib.Variant;
            call_full_async(method_name: string, params: GLib.Variant | null, reply_type: GLib.VariantType | null, flags: CallFlags, timeout_msec: number, cancellable?: Gio.Cancellable | null): Promise<GLib.Variant>;
            call_full_finish(result: Gio.AsyncResult): GLib.Variant;
            call_json(method_name: string, params: string | null, cancellable?: Gio.Cancellable | null): [text: string | null, fault: string | null];
            call_json_async(method_name: string, params: string | null, cancellable?: Gio.Cancellable | null): Promise<[text: string | null, fault: string | null]>;
            call_json_finish(result: Gio.AsyncResult): [text: string | null, fault: string | null];
            call_json_full(method_name: string, params: string | null, flags: CallFlags, timeout_msec: number, cancellable?: Gio.Cancellable | null): [text: string | null, fault: string | null];
            call_json_full_async(method_name: string, params: string | null, flags: CallFlags, timeout_msec: number, cancellable?: Gio.Cancellable | null): Promise<[text: string | null, fault: string | null]>;
            call_json_full_finish(result: Gio.AsyncResult): [text: string | null, fault: string | null];
            list_methods(cancellable?: Gio.Cancellable | null): string[];
            list_methods_async(cancellable?: Gio.Cancellable | null): Promise<string[]>;
            list_methods_finish(result: Gio.AsyncResult): string[];
            get_method_signature(method_name: string, cancellable?: Gio.Cancellable | null): string[];
            get_method_signature_async(method_name: string, cancellable?: Gio.Cancellable | null): Promise<string[]>;
            get_method_signature_finish(result: Gio.AsyncResult): string[];
            get_method_help(method_name: string, cancellable?: Gio.Cancellable | null): string;
            get_method_help_async(method_name: string, cancellable?: Gio.Cancellable | null): Promise<string>;
            get_method_help_finish(result: Gio.AsyncResult): string;
            get_capabilities(cancellable?: Gio.Cancellable | null): GLib.Variant;
            get_capabilities_async(cancellable?: Gio.Cancellable | null): Promise<GLib.Variant>;
            get_capabilities_finish(result: Gio.AsyncResult): GLib.Variant;
            add_header(name: string, value: string): boolean;
            set_header(name: string, value: string | null): boolean;
            get_headers(): GLib.Variant | null;
            set_headers(headers: Headers | null): void;
            set_credentials(user: string | null, password: string | null): void;
            set_password(password: string | null): void;
            get_session(): Soup.Session;
            get_uri(): string | null;
            get_authenticate_on_demand(): boolean;
            set_authenticate_on_demand(authenticate_on_demand: boolean): void;
            get_idempotent(): boolean;
            set_idempotent(idempotent: boolean): void;
            get_max_response_size(): number;
            set_max_response_size(max_response_size: number): void;
            get_max_values(): number;
            set_max_values(max_values: number): void;
            get_timeout(): number;
            set_timeout(timeout: number): void;
            get_user(): string | null;
            set_user(user: string | null): void;
        }

        class Multicall extends GObject.Object {
            constructor(properties: {proxy: ServerProxy});
            static new(proxy: ServerProxy): Multicall;
            readonly proxy: ServerProxy;
            readonly remote: {method(name: string): AddingMethod} & AddingMembers;
            /** Sends the calls; a call that failed has its Fault in place of its result. */
            run(cancellable?: Gio.Cancellable | null): Promise<any[]>;
            /** The same, but blocks. */
            runSync(cancellable?: Gio.Cancellable | null): any[];
            add(method_name: string, params: GLib.Variant | null, reply_type?: GLib.VariantType | null): number;
            execute(cancellable?: Gio.Cancellable | null): boolean;
            execute_async(cancellable?: Gio.Cancellable | null): Promise<boolean>;
            execute_finish(result: Gio.AsyncResult): boolean;
            execute_full(flags: CallFlags, timeout_msec: number, cancellable?: Gio.Cancellable | null): boolean;
            execute_full_async(flags: CallFlags, timeout_msec: number, cancellable?: Gio.Cancellable | null): Promise<boolean>;
            execute_full_finish(result: Gio.AsyncResult): boolean;
            get_fault(): GLib.Variant | null;
            get_n_calls(): number;
            get_result(index: number): GLib.Variant;
            get_result_json(index: number): [text: string | null, fault: string | null];
        }

        class Invocation extends GObject.Object {
            /** The IP address of the client, also behind trusted proxies; null if it is not known. */
            readonly clientAddress: string | null;
            /** The user whose password listen() has checked. */
            readonly user: string | null;
            /** Those of the request; get() takes their names in any case. */
            readonly headers: Map<string, string>;
            get_method_name(): string;
            get_params(): GLib.Variant;
            get_client_address(): Gio.InetAddress | null;
            get_message(): Soup.ServerMessage | null;
            get_fault(): Fault | null;
            return_value(value: GLib.Variant | null): void;
            return_fault_literal(code: number, message: string): void;
            return_fault_value(value: GLib.Variant): void;
            take_error(error: GLib.Error): void;
        }

        type MethodFunc = (server: Server, invocation: Invocation) => void | Promise<void>;

        interface Server extends Spelled<ServerValues> {}

        class Server extends GObject.Object {
            constructor(properties?: ServerProperties);
            static new(): Server;
            get timeZone(): Zone;
            set timeZone(zone: Zone | null);

            /** Adds a method that responds with what a function returns. */
            addFunction(name: string, func: PassedMethod, options: MethodOptions & Passing): void;
            addFunction(name: string, func: Method, options?: MethodOptions & NotPassing): void;
            /** Adds each function of an object or a module under its name. */
            addFunctions(functions: Functions<PassedMethod>, options: {prefix?: string} & Passing): void;
            addFunctions(functions: object, options?: {prefix?: string} & NotPassing): void;
            /** Adds the methods of an object; names that begin with `_` are its own. */
            addObject(object: object, options?: {prefix?: string, passInvocation?: boolean}): void;
            /** Answers at a port, or a free one, until close(); returns the URI. */
            listen(options?: number | ListenOptions): string;
            close(): void;

            connect(signal: 'authorize-call', func: (server: this, invocation: Invocation) => boolean): number;
            connect(signal: 'call-finished', func: (server: this, invocation: Invocation, microseconds: number) => void): number;
            connect(signal: string, func: (...args: any[]) => any): number;
            vfunc_authorize_call(invocation: Invocation): boolean;
            vfunc_call_finished(invocation: Invocation, microseconds: number): void;

            add_method(name: string, signatures: readonly string[] | null, help: string | null, func: MethodFunc): boolean;
            add_method_full(name: string, signatures: readonly string[] | null, help: string | null, flags: MethodFlags, func: MethodFunc): boolean;
            remove_method(name: string): boolean;
            attach(soup_server: Soup.Server, path: string | null): void;
            detach(soup_server: Soup.Server): void;
            handle_async(request: GLib.Bytes, cancellable: Gio.Cancellable | null): Promise<GLib.Bytes>;
            handle_finish(result: Gio.AsyncResult): GLib.Bytes;
            /** Refuses new calls, and resolves when those in progress have finished. */
            shutdown_async(grace_msec: number, cancellable: Gio.Cancellable | null): Promise<boolean>;
            shutdown_finish(result: Gio.AsyncResult): boolean;
            /** Counters, such as calls and faults. */
            get_status(): GLib.Variant;
            get_documentation(): boolean;
            set_documentation(documentation: boolean): void;
            get_access_log(): boolean;
            set_access_log(access_log: boolean): void;
            get_documentation_text(): string | null;
            set_documentation_text(documentation_text: string | null): void;
            get_documentation_title(): string | null;
            set_documentation_title(documentation_title: string | null): void;
            get_max_queued_calls(): number;
            set_max_queued_calls(max_queued_calls: number): void;
            get_max_threads(): number;
            set_max_threads(max_threads: number): void;
            get_status_method(): boolean;
            set_status_method(status_method: boolean): void;
            get_trusted_proxies(): string[];
            set_trusted_proxies(trusted_proxies: readonly string[] | null): void;
            get_allowed_hosts(): string[];
            set_allowed_hosts(allowed_hosts: readonly string[] | null): void;
            get_allowed_origins(): string[];
            set_allowed_origins(allowed_origins: readonly string[] | null): void;
            get_idle_timeout(): number;
            set_idle_timeout(idle_timeout: number): void;
            get_introspection(): boolean;
            set_introspection(introspection: boolean): void;
            get_max_connections(): number;
            set_max_connections(max_connections: number): void;
            get_max_multicall(): number;
            set_max_multicall(max_multicall: number): void;
            get_max_request_size(): number;
            set_max_request_size(max_request_size: number): void;
            get_max_response_backlog(): number;
            set_max_response_backlog(max_response_backlog: number): void;
            get_max_response_size(): number;
            set_max_response_size(max_response_size: number): void;
            get_max_values(): number;
            set_max_values(max_values: number): void;
            get_request_timeout(): number;
            set_request_timeout(request_timeout: number): void;
            get_write_timeout(): number;
            set_write_timeout(write_timeout: number): void;
        }

        class Value extends GObject.Object {
            static new(variant: GLib.Variant): Value;
            readonly kind: ValueKind;
            readonly variant: GLib.Variant;
            equal(b: Value): boolean;
            get_kind(): ValueKind;
            get_variant(): GLib.Variant;
            to_string(): string;
        }

        class Binary extends Value {
            static new(variant: GLib.Variant): Value;
            static new(bytes: GLib.Bytes | Uint8Array): Binary;
            static new_from_data(data: Uint8Array | readonly number[] | null): Binary;
            readonly bytes: GLib.Bytes;
            get_bytes(): GLib.Bytes;
        }

        class Boolean extends Value {
            static new(variant: GLib.Variant): Value;
            static new(value: boolean): Boolean;
            readonly value: boolean;
            get_value(): boolean;
        }

        class DateTime extends Value {
            static new(variant: GLib.Variant): Value;
            static new(date_time: GLib.DateTime): DateTime;
            static new_from_iso8601(text: string): DateTime;
            static new_from_unix_local(seconds: number): DateTime;
            static new_from_unix_utc(seconds: number): DateTime;
            static normalize(text: string, assumed: GLib.TimeZone | null): string | null;
            readonly iso8601: string;
            get_iso8601(): string;
            has_time_zone(): boolean;
            to_date_time(assumed: GLib.TimeZone | null): GLib.DateTime;
            to_unix(assumed: GLib.TimeZone | null): [boolean, number];
        }

        /** What classes implement that have other names for members. */
        interface Serializable {
            vfunc_find_property?(member_name: string): string | null;
            vfunc_get_member_name?(property_name: string): string | null;
            find_property(member_name: string): string | null;
            get_member_name(property_name: string): string | null;
        }
        const Serializable: any;

        function check_version(major: number, minor: number, micro: number): boolean;
        function get_major_version(): number;
        function get_minor_version(): number;
        function get_micro_version(): number;

        function encode_call(method_name: string, params: GLib.Variant | null): GLib.Bytes;
        function encode_response(value: GLib.Variant): GLib.Bytes;
        function encode_fault(code: number, message: string): GLib.Bytes;
        function encode_fault_value(value: GLib.Variant): GLib.Bytes;
        function decode_call(body: GLib.Bytes | Uint8Array, params_type: GLib.VariantType | null): [isCall: boolean, method_name: string, params: GLib.Variant];
        function decode_response(body: GLib.Bytes | Uint8Array, type: GLib.VariantType | null): GLib.Variant;
        function decode_response_json(body: GLib.Bytes | Uint8Array): [text: string | null, fault: string | null];
        function variant_to_json(value: GLib.Variant): string;
        function variant_from_json(json: string, length: number): GLib.Variant;

        function error_quark(): number;
        function http_error_quark(): number;
        function fault_quark(): number;
        function fault_new_from_value(value: GLib.Variant): GLib.Error;
        function fault_get_value(fault: GLib.Error): GLib.Variant | null;
        function fault_take_last_value(): GLib.Variant | null;
        function interrupt_calls(): void;
        function interrupt_enable(): void;

        function object_from_struct<Instance extends GObject.Object>(object_type: new (...args: any[]) => Instance, value: Sendable): Instance;
        function object_to_struct(object: GObject.Object): any;
        function list_store_new_from_array<Instance extends GObject.Object>(item_type: new (...args: any[]) => Instance, array: Sendable): Gio.ListStore<Instance>;
        function variant_get_date_time(value: Sendable, assumed?: GLib.TimeZone | null): GLib.DateTime;
        function variant_lookup_date_time(dict: Sendable, name: string, assumed?: GLib.TimeZone | null): GLib.DateTime;
    }

    export default XmlRpc;
    export type {ListenOptions, MethodOptions, ProxyProperties, ReceivedDate, Remote, RemoteCall, RemoteMethod, Sendable, ServerProperties};
}

declare module 'gi://XmlRpc' {
    import XmlRpc from 'gi://XmlRpc?version=1.0';
    export default XmlRpc;
}
