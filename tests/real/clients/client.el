;; SPDX-FileCopyrightText: The xmlrpc-glib authors
;; SPDX-License-Identifier: LGPL-2.1-or-later

(require 'xml-rpc)

(setq inhibit-message t
      xml-rpc-allow-unicode-string t
      xml-rpc-base64-encode-unicode nil
      xml-rpc-base64-decode-unicode nil)

(defvar uri (pop command-line-args-left))
(defvar text "zo\u00eb <&> \u2603 \U0001f600")

(defun tell (&rest words)
  (princ (concat (mapconcat (lambda (word) (format "%s" word)) words " ") "\n")))

(defun call (name &rest params)
  (apply #'xml-rpc-method-call uri name params))

;; A value, the result of echo, and what kind it was on the other side.
(defun both (value)
  (list (call "echo" value) (call "type" value)))

(tell "add" (call "add" 2 3))
(apply #'tell "int" (both -5))
(apply #'tell "double" (both -1.5))
(pcase-let ((`(,result ,type) (both t)))
  (tell "boolean" (if (eq result t) "true" result) type))
(apply #'tell "string" (both text))
(pcase-let ((`((,keyword ,result) ,type) (both (list :datetime (encode-time 5 40 8 23 11 2026)))))
  (tell "date" (format-time-string "%Y%m%dT%H:%M:%S" result) type))
(pcase-let ((`((,keyword ,result) ,type)
             (both (list :base64 (apply #'unibyte-string (number-sequence 0 255))))))
  (tell "base64" (length result) (apply #'+ (append result nil)) type))
(pcase-let ((`(,result ,type) (both '(1 "two" 2.5))))
  (apply #'tell "array" (append result (list type))))
(pcase-let ((`(,result ,type) (both '(("name" . "zoo") ("number" . 7)))))
  (tell "struct" (cdr (assoc "name" result)) (cdr (assoc "number" result)) type))
(tell "long" (length (call "echo" (make-string 100000 ?x))))
(condition-case nil
    (call "fail" 4 text)
  (error (tell "fault" xml-rpc-fault-code xml-rpc-fault-string)))
